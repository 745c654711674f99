package io.erniegateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "port,port,0",
        "prot,port,1",
        "prt,port,1",
        "ports,port,1",
        "pert,port,1",
        "'',port,4",
        "kitten,sitting,3"
    })
    void the_distance_counts_slips_of_the_fingers(String a, String b, int slips) {
        assertThat(Nearest.distance(a, b)).isEqualTo(slips);
        assertThat(Nearest.distance(b, a)).isEqualTo(slips);
    }

    @Test
    void only_a_near_word_is_suggested() {
        List<String> words = List.of("polling", "webhook");
        assertThat(Nearest.hint("Polling", words)).isEqualTo("did you mean \"polling\"?");
        assertThat(Nearest.hint("web_hook", words)).isEqualTo("did you mean \"webhook\"?");
        assertThat(Nearest.hint("socket", words)).isEqualTo("write one of: polling, webhook");
    }
}
