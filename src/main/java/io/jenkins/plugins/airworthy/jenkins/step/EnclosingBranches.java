package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the branches around a step from a pipeline's graph. It is a separate class, since freestyle jobs work without Pipeline. */
final class EnclosingBranches {
    private EnclosingBranches() {}

    static ParallelPath of(StepContext context) throws AirworthyException, IOException, InterruptedException {
        FlowNode step = context.get(FlowNode.class);
        if (step == null) {
            throw new UndecidedException("the pipeline does not say in which branch this step is: run the build again");
        }
        List<ParallelPath.Branch> branches = new ArrayList<>();
        List<? extends BlockStartNode> blocks = step.getEnclosingBlocks();
        for (int i = 0; i < blocks.size() - 1; i++) {
            // A branch of a parallel is the block that has its own thread; the block around it is the parallel
            // itself.
            if (blocks.get(i).getPersistentAction(ThreadNameAction.class) != null) {
                branches.add(new ParallelPath.Branch(
                        blocks.get(i + 1).getId(), blocks.get(i).getId()));
            }
        }
        if (branches.size() > ParallelPath.MAX_DEPTH) {
            throw new UndecidedException(
                    "more than " + ParallelPath.MAX_DEPTH + " nested parallel branches: nest fewer of them");
        }
        Collections.reverse(branches);
        return new ParallelPath(branches);
    }
}
