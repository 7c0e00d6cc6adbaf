package hudson.model;

public interface FullyNamedModelObject extends ModelObject {
    String getFullDisplayName();
}
