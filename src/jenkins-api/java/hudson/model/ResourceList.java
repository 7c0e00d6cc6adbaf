package hudson.model;

public final class ResourceList {
    public static final ResourceList EMPTY = new ResourceList();
}
