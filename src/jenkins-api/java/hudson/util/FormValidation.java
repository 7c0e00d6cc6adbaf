package hudson.util;

import hudson.model.Descriptor;
import org.kohsuke.stapler.HttpResponse;

import java.io.IOException;

public abstract class FormValidation extends IOException implements HttpResponse {
    public final Kind kind;

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation ok() {
        return make(Kind.OK, "");
    }

    public static FormValidation ok(String message) {
        return make(Kind.OK, message);
    }

    public static FormValidation warning(String message) {
        return make(Kind.WARNING, message);
    }

    public static FormValidation error(String message) {
        return make(Kind.ERROR, message);
    }

    public static FormValidation error(Throwable failure, String message) {
        return make(Kind.ERROR, message);
    }

    public static FormValidation okWithMarkup(String html) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation warningWithMarkup(String html) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation errorWithMarkup(String html) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation respond(Kind kind, String html) {
        throw new UnsupportedOperationException();
    }

    public static FormValidation validateRequired(String value) {
        return value == null || value.isBlank() ? error("This field is required") : ok();
    }

    private static FormValidation make(Kind kind, String message) {
        return new FormValidation(kind, message) {};
    }

    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public static class CheckMethod {
        private CheckMethod() {}

        public CheckMethod(Descriptor<?> descriptor, String field) {}
    }
}
