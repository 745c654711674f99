package io.erniegateway.connectors.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownTest {

    /** Besides what is limited: the document, a paragraph, a text, and the rows and cells of a table. */
    private static final int DEEPEST = 2 * Markdown.MAX_NESTING + 8;

    @ParameterizedTest
    @MethodSource("io.erniegateway.connectors.markdown.Hostile#texts")
    void no_document_is_deeper_than_the_bounds(String name, String markdown) {
        assertThat(depth(Markdown.parse(markdown))).isBetween(2, DEEPEST);
    }

    @Test
    void what_is_nested_as_people_nest_it_is_parsed_to_the_end() {
        String markdown = "> ".repeat(30) + "**_~~x~~_**";
        assertThat(depth(Markdown.parse(markdown))).isEqualTo(35);
        assertThat(text(Markdown.parse(markdown))).isEqualTo("x");
    }

    @Test
    void a_table_of_too_many_cells_is_text_and_one_less_is_a_table() {
        int rows = Markdown.MAX_CELLS / 10 - 1;
        String header = "|" + "a|".repeat(10) + "\n|" + "-|".repeat(10);
        assertThat(Markdown.parse(header + "\n|b|".repeat(rows)).getFirstChild())
                .isInstanceOf(TableBlock.class);
        assertThat(text(Markdown.parse(header + "\n|b|".repeat(rows + 1)))).contains("|a|a|", "|b|");
    }

    @Test
    void a_code_span_begins_with_a_whole_run_of_backticks() {
        assertThat(code(Markdown.parse("``a` **注意：**b `c"))).isEqualTo("**注意：**b");
        assertThat(code(Markdown.parse("*x* `` **注意：**b ``"))).isEqualTo("**注意：**b");
    }

    private static int depth(Node root) {
        int depth = -1;
        for (List<Node> level = List.of(root); !level.isEmpty(); depth++) {
            List<Node> next = new ArrayList<>();
            for (Node parent : level) {
                for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                    next.add(node);
                }
            }
            level = next;
        }
        return depth;
    }

    private static String text(Node document) {
        StringBuilder out = new StringBuilder();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                out.append(text.getLiteral());
            }
        });
        return out.toString();
    }

    private static String code(Node document) {
        StringBuilder out = new StringBuilder();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Code code) {
                out.append(code.getLiteral());
            }
        });
        return out.toString();
    }
}
