package org.kohsuke.stapler;

public class ForwardToView extends RuntimeException implements HttpResponse {
    public ForwardToView(Object it, String view) {}

    public ForwardToView with(String name, Object value) {
        throw new UnsupportedOperationException();
    }
}
