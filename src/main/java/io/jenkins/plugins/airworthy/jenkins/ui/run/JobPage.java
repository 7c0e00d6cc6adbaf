package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.run.record.AirworthyRunAction;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of a job's page: the verdicts of its latest runs, the newest first.
 *
 * @param looked how many runs were read
 */
public record JobPage(List<ShownPromotion> promotions, Trend trend, int looked) {
    /** How many runs are read. */
    public static final int MAX_RUNS = 50;

    public JobPage {
        promotions = List.copyOf(promotions);
    }

    /**
     * Reads the newest runs.
     *
     * @param runs of a job, the newest first. Jenkins has null among them for a run that it cannot load, as while a job moves
     */
    static JobPage of(Iterable<? extends Run<?, ?>> runs) {
        List<ShownPromotion> promotions = new ArrayList<>();
        int looked = 0;
        for (Run<?, ?> run : runs) {
            if (looked == MAX_RUNS) {
                break;
            }
            looked++;
            if (run != null && run.getAction(AirworthyRunAction.class) != null) {
                promotions.addAll(of(run));
            }
        }
        return new JobPage(promotions, Trend.of(promotions), looked);
    }

    private static List<ShownPromotion> of(Run<?, ?> run) {
        return RunPage.of(run).verdicts().stream()
                .map(verdict -> new ShownPromotion(
                        run.getDisplayName(),
                        run.getUrl() + "airworthy/#verdict-" + verdict.number(),
                        verdict.verdict().brief(),
                        verdict.promotedTo()))
                .toList();
    }

    /** The newest promotion; null if there is none, as views require. */
    public ShownPromotion lastPromoted() {
        return promotions.stream().filter(ShownPromotion::promoted).findFirst().orElse(null);
    }

    /** The builds that were read, for sentences: "the last build", "the last 50 builds". */
    public String extent() {
        return looked == 1 ? "the last build" : "the last " + looked + " builds";
    }
}
