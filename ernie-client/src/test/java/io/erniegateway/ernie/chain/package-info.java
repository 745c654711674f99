@NullMarked
package io.erniegateway.ernie.chain;

import org.jspecify.annotations.NullMarked;
