/** Tests of the simulator: it must be strict, or all other tests prove nothing. */
@NullMarked
package io.erniegateway.ernie.simulated;

import org.jspecify.annotations.NullMarked;
