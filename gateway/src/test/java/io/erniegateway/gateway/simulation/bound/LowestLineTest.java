package io.erniegateway.gateway.simulation.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LowestLineTest {
    private static final int PLACES = 37;
    private final long[] places = LongStream.range(0, PLACES).map(i -> i * i).toArray();

    @Test
    void a_hull_finds_what_looking_at_every_line_finds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            LowerHull hull = new LowerHull();
            List<double[]> lines = new ArrayList<>();
            double slope = 0;
            for (long place : places) {
                if (lines.isEmpty() || random.nextBoolean()) {
                    slope -= random.nextInt(4);
                    double[] line = {slope, random.nextInt(2_000) - slope * place};
                    lines.add(line);
                    hull.add(line[0], line[1], lines.size() - 1);
                }
                hull.seek((double) place);
                assertThat(hull.value((double) place)).as("seed %d", seed).isEqualTo(lowest(lines, place));
                assertThat(value(lines.get(hull.label()), place)).isEqualTo(lowest(lines, place));
            }
        }
    }

    @Test
    void a_tree_finds_what_looking_at_every_line_finds() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            LineTree tree = new LineTree(places);
            List<double[]> lines = new ArrayList<>();
            for (int i = 0; i < PLACES; i++) {
                double[] line = {random.nextInt(100) - 50, random.nextInt(20_000)};
                lines.add(line);
                tree.add(line[0], line[1], i);
                int place = random.nextInt(PLACES);
                int node = tree.lowest(place);
                assertThat(tree.value(node, place)).as("seed %d", seed).isEqualTo(lowest(lines, places[place]));
                assertThat(value(lines.get(tree.label(node)), places[place])).isEqualTo(tree.value(node, place));
            }
        }
    }

    private static double lowest(List<double[]> lines, long place) {
        return lines.stream().mapToDouble(line -> value(line, place)).min().orElseThrow();
    }

    private static double value(double[] line, long place) {
        return line[0] * place + line[1];
    }
}
