package hudson.model.queue;

import hudson.model.Queue;

public abstract class ScheduleResult {
    public final boolean isAccepted() {
        throw new UnsupportedOperationException();
    }

    public boolean isRefused() {
        throw new UnsupportedOperationException();
    }

    public Queue.Item getItem() {
        throw new UnsupportedOperationException();
    }

    public Queue.WaitingItem getCreateItem() {
        throw new UnsupportedOperationException();
    }
}
