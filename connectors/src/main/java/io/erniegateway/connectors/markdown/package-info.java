/**
 * The one Markdown parser that all renderers share: GitHub-flavoured, with the emphasis of Chinese, Japanese and Korean
 * text repaired. Pure.
 */
@NullMarked
package io.erniegateway.connectors.markdown;

import org.jspecify.annotations.NullMarked;
