/** Tests of the web chat over real HTTP: what a browser would send and what it would be told. */
@NullMarked
package io.erniegateway.connectors.web;

import org.jspecify.annotations.NullMarked;
