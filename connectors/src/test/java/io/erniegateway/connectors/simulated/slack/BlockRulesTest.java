package io.erniegateway.connectors.simulated.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'divider'}",
                "{'type':'section','text':{'type':'mrkdwn','text':'a'}}",
                "{'type':'header','text':{'type':'plain_text','text':'a'}}",
                "{'type':'context','elements':[{'type':'mrkdwn','text':'a'}]}",
                "{'type':'markdown','text':'# a'}",
                "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a'},"
                        + "{'type':'link','url':'https://a.b'},{'type':'text','text':'b','style':{'bold':true}}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'ordered','indent':8,'offset':3,"
                        + "'elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a'}]}]}]}"
            })
    void good_blocks_pass(String block) {
        assertThat(check("[" + block + "]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'invented'}",
                "7",
                "{'type':'section'}",
                "{'type':'section','text':{'type':'mrkdwn','text':''}}",
                "{'type':'header','text':{'type':'mrkdwn','text':'a'}}",
                "{'type':'rich_text'}",
                "{'type':'rich_text','elements':[]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':''}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'link','url':'x y'}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'text','text':'a',"
                        + "'style':{'underline':true}}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_preformatted','elements':[{'type':'emoji',"
                        + "'name':'a'}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'bullet','indent':9,'elements':["
                        + "{'type':'rich_text_section','elements':[{'type':'text','text':'a'}]}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'star','elements':["
                        + "{'type':'rich_text_section','elements':[{'type':'text','text':'a'}]}]}]}",
                "{'type':'rich_text','elements':[{'type':'rich_text_list','style':'bullet','elements':["
                        + "{'type':'rich_text_list','style':'bullet','elements':[]}]}]}"
            })
    void bad_blocks_are_refused(String block) {
        assertThat(check("[" + block + "]")).contains("invalid_blocks");
    }

    @Test
    void sizes_are_bounded() {
        assertThat(check("{}")).contains("invalid_blocks_format");
        String divider = "{'type':'divider'}";
        assertThat(check("[" + String.join(",", Collections.nCopies(50, divider)) + "]"))
                .isEmpty();
        assertThat(check("[" + String.join(",", Collections.nCopies(51, divider)) + "]"))
                .contains("invalid_blocks");
        assertThat(check("[{'type':'section','text':{'type':'plain_text','text':'" + "x".repeat(3_001) + "'}}]"))
                .contains("invalid_blocks");
        assertThat(check("[{'type':'markdown','text':'" + "x".repeat(12_001) + "'}]"))
                .contains("msg_blocks_too_long");
    }

    private static Optional<String> check(String json) {
        try {
            return BlockRules.check(new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
