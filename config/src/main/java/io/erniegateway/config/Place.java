package io.erniegateway.config;

/**
 * Where something stands.
 *
 * @param file as the operator named it
 * @param line from 1; 0 means the file as a whole
 */
record Place(String file, int line) {}
