package io.jenkins.plugins.airworthy.fuzz;

/** What inputs look like, and so how they are damaged when damage is to get past the first check. */
public enum Form {
    TEXT,
    BYTES,
    JSON,
    YAML,
    XML,
    DER,
    PEM,
    TAR;

    Mutator mutator() {
        return switch (this) {
            case TEXT, BYTES -> new ByteMutator();
            case JSON -> new JsonMutator();
            case YAML -> new LineMutator();
            case XML -> new XmlMutator();
            case DER -> new DerMutator();
            case PEM -> new PemMutator();
            case TAR -> new TarMutator();
        };
    }
}
