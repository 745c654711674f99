/** Tests of the settings: every fault with its exact words, the defaults, and the launcher script. */
@NullMarked
package io.erniegateway.config;

import org.jspecify.annotations.NullMarked;
