/** Tests of the web chat over real HTTP: what a browser would send and what it would be told. */
@NullMarked
package io.erniegateway.connectors.markdown;

import org.jspecify.annotations.NullMarked;
