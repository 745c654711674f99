/** Tests of the demo page, with simulated platforms that do what a test says. */
@NullMarked
package io.erniegateway.gateway.demo;

import org.jspecify.annotations.NullMarked;
