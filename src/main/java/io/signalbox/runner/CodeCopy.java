package io.signalbox.runner;

import java.nio.file.Path;

/**
 * The playbooks and the catalog as they were at one moment, for ever.
 *
 * @param hash of names, modes and contents, in hex
 * @param dirty whether the project folder then held changes that are not committed
 */
public record CodeCopy(String hash, Path folder, boolean dirty) {}
