/** Measurements with commands of their own; no test. Their last figures are in {@code ernie-client/benchmarks.md}. */
@NullMarked
package io.erniegateway.ernie.benchmark;

import org.jspecify.annotations.NullMarked;
