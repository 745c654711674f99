/** Tests of the functions that a model may ask for. */
@NullMarked
package io.erniegateway.ernie.tools;

import org.jspecify.annotations.NullMarked;
