package hudson.model;

import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.ScheduleResult;
import hudson.model.queue.SubTask;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.queue.AsynchronousExecution;
import org.springframework.security.core.Authentication;

import java.util.Collection;
import java.util.Collections;

public class Queue extends ResourceController implements Saveable {
    private Queue() {}

    public static Queue getInstance() {
        throw new UnsupportedOperationException();
    }

    public ScheduleResult schedule2(Task task, int quietPeriod, Action... actions) {
        throw new UnsupportedOperationException();
    }

    public boolean cancel(Task task) {
        throw new UnsupportedOperationException();
    }

    public boolean cancel(Item item) {
        throw new UnsupportedOperationException();
    }

    public Item[] getItems() {
        throw new UnsupportedOperationException();
    }

    public Item getItem(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void save() {
        throw new UnsupportedOperationException();
    }

    public interface FlyweightTask extends Task {}

    public interface TransientTask extends Task {}

    public interface NonBlockingTask extends Task {}

    public interface Task extends FullyNamedModelObject, SubTask {
        default CauseOfBlockage getCauseOfBlockage() {
            return null;
        }

        default boolean isConcurrentBuild() {
            return false;
        }

        String getName();

        @Override
        String getFullDisplayName();

        default void checkAbortPermission() {
            throw new UnsupportedOperationException();
        }

        default boolean hasAbortPermission() {
            return false;
        }

        String getUrl();

        default Collection<? extends SubTask> getSubTasks() {
            return Collections.singleton(this);
        }

        default Authentication getDefaultAuthentication2() {
            throw new UnsupportedOperationException();
        }

        default String getAffinityKey() {
            return getUrl();
        }
    }

    public interface Executable extends Runnable {
        SubTask getParent();

        @Override
        void run() throws AsynchronousExecution;

        default long getEstimatedDuration() {
            return -1;
        }
    }

    public abstract static class Item extends Actionable {
        public final Task task = null;

        public Label getAssignedLabel() {
            throw new UnsupportedOperationException();
        }

        public long getId() {
            throw new UnsupportedOperationException();
        }

        public QueueTaskFuture<Executable> getFuture() {
            throw new UnsupportedOperationException();
        }

        public final String getWhy() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getDisplayName() {
            throw new UnsupportedOperationException();
        }
    }

    public static final class WaitingItem extends Item {}

    public abstract static class NotWaitingItem extends Item {}

    public static final class BuildableItem extends NotWaitingItem {}

    public static final class LeftItem extends Item {}
}
