package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A chart of the results of a job's checklists, oldest at the left: a bar for each verdict, with parts for the numbers of items
 * that passed, were waived, only warned and failed. Numbers are in the chart's own units.
 */
public record Trend(int width, int height, List<Bar> bars) {
    /** How many verdicts are drawn. */
    public static final int MAX_BARS = 40;

    private static final int HEIGHT = 96;
    private static final int BAR = 12;
    private static final int GAP = 4;
    private static final int LEAST = 2; // keeps a part of one item among many visible

    public Trend {
        bars = List.copyOf(bars);
    }

    /**
     * A verdict in the chart.
     *
     * @param title the text for tooltips and screen readers
     */
    public record Bar(int x, int width, String title, String url, List<Part> parts) {
        public Bar {
            parts = List.copyOf(parts);
        }
    }

    /** Items of one status in a bar. */
    public record Part(StatusMark mark, int y, int height) {}

    /** Draws the newest of these verdicts, which come newest first. */
    static Trend of(List<ShownPromotion> newestFirst) {
        List<ShownPromotion> shown = new ArrayList<>(newestFirst.subList(0, Math.min(MAX_BARS, newestFirst.size())));
        Collections.reverse(shown);
        long most = shown.stream().mapToLong(Trend::items).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        int x = 0;
        for (ShownPromotion promotion : shown) {
            bars.add(new Bar(x, BAR, promotion.title(), promotion.url(), parts(promotion, most)));
            x += BAR + GAP;
        }
        return new Trend(Math.max(x - GAP, 0), HEIGHT, bars);
    }

    private static List<Part> parts(ShownPromotion promotion, long most) {
        List<Part> parts = new ArrayList<>();
        int y = HEIGHT;
        for (StatusMark mark : List.of(StatusMark.PASSED, StatusMark.WAIVED, StatusMark.WARNED, StatusMark.FAILED)) {
            long count = promotion.verdict().count(mark);
            if (count > 0) {
                int height = (int) Math.max(LEAST, count * HEIGHT / most);
                y = Math.max(0, y - height);
                parts.add(new Part(mark, y, height));
            }
        }
        return parts;
    }

    private static long items(ShownPromotion promotion) {
        return promotion.verdict().items().stream()
                .filter(item -> item.mark() != StatusMark.NOT_APPLICABLE)
                .count();
    }
}
