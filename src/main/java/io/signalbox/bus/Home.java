package io.signalbox.bus;

/**
 * The state folder that the files of a run lie in: of the bots that share a brain, only the one with this folder can follow
 * the run and end it.
 *
 * @param id made once with the folder, and kept in it
 * @param host the name of its machine, for people
 */
public record Home(String id, String host) {}
