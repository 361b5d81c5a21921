package io.signalbox.catalog;

/** The stage that answers a word about the bot: the one that owns its data. */
public enum Owner {
    GATE,
    AUDIT,
    RUN,
    ABOUT
}
