/** Tests of how a question is written, repaired and trimmed. */
@NullMarked
package io.erniegateway.ernie.request;

import org.jspecify.annotations.NullMarked;
