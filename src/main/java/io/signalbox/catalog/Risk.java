package io.signalbox.catalog;

/** What a command can do at worst. */
public enum Risk {
    READ,
    CHANGE,
    DESTROY
}
