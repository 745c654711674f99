package io.erniegateway.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SimulationReportTest {
    private static final Path REPORT = Path.of("src/test/resources/simulation/report.md");

    /** A change that makes the delivery better or worse shows as a change of the report. */
    @Test
    void the_report_is_what_the_simulation_shows() throws IOException {
        String now = Report.write();
        if ("write".equals(System.getProperty("report"))) {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, now);
        }
        assertThat(now).isEqualTo(Files.readString(REPORT));
    }
}
