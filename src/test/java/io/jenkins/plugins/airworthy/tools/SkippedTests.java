package io.jenkins.plugins.airworthy.tools;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Says at the end of the console which tests were skipped and why; Maven counts them and leaves the reasons to its reports. */
public final class SkippedTests implements TestExecutionListener {
    private final Map<String, Integer> reasons = new ConcurrentSkipListMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        count(reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            count(result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    private void count(String reason) {
        reasons.merge(reason.replaceFirst("^(?:Assumption failed: )?(?:SKIPPED: )?", ""), 1, Integer::sum);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (reasons.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("\nSKIPPED, since something is missing here:\n");
        reasons.forEach((reason, times) ->
                text.append("  ").append(times).append(" x ").append(reason).append('\n'));
        System.out.println(text);
    }
}
