package io.signalbox.gate.walk;

/** One thing that happens to the gate. To have one more of them is to write one more of these and to name it in the walks. */
interface Step {
    /** Does it, and returns what has to be so when the gate has come to rest, if nothing else happened meanwhile. */
    Runnable happen(Junction junction);

    /** For what changes nothing that a person was told. */
    static Runnable nothingToSee() {
        return () -> {};
    }
}
