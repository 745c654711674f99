package io.erniegateway.ernie.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final Traffic traffic = new Traffic();

    @Test
    void the_last_hundred_bodies_are_kept_with_their_ids() {
        for (int i = 0; i < 102; i++) {
            traffic.arrived(("千" + i).getBytes(StandardCharsets.UTF_8), "id" + i);
        }
        assertThat(traffic.requests).hasValue(102);
        assertThat(traffic.bodies()).hasSize(100).startsWith("千2", "千3").endsWith("千101");
        assertThat(traffic.requestIds()).hasSize(100).startsWith("id2").endsWith("id101");
    }

    @Test
    void the_oldest_go_while_all_together_are_too_long() {
        byte[] half = new byte[Traffic.BYTES_KEPT / 2];
        traffic.arrived(half, "1");
        traffic.arrived(half, "2");
        assertThat(traffic.requestIds()).as("exactly full").containsExactly("1", "2");
        traffic.arrived(new byte[1], "3");
        assertThat(traffic.requestIds()).containsExactly("2", "3");
        assertThat(traffic.bodies()).hasSize(2);
    }

    @Test
    void the_newest_stays_however_long_it_is() {
        traffic.arrived(new byte[10], "1");
        traffic.arrived(new byte[Traffic.BYTES_KEPT + 1], "2");
        assertThat(traffic.requestIds()).containsExactly("2");
        traffic.arrived(new byte[10], "3");
        traffic.arrived(new byte[10], "4");
        assertThat(traffic.requestIds()).as("the long one no longer counts").containsExactly("3", "4");
    }
}
