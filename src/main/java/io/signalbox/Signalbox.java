package io.signalbox;

/** The bot's main. */
public final class Signalbox {
    private Signalbox() {}

    public static void main(String[] args) {
        System.out.println("signalbox");
    }
}
