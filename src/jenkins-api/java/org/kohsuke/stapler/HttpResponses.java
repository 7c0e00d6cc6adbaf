package org.kohsuke.stapler;

public class HttpResponses {
    public static HttpResponseException notFound() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponseException forbidden() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponseException errorWithoutStack(int code, String message) {
        throw new UnsupportedOperationException();
    }

    public static HttpRedirect redirectTo(String relative) {
        throw new UnsupportedOperationException();
    }

    public static HttpResponseException ok() {
        throw new UnsupportedOperationException();
    }

    public static ForwardToView forwardToView(Object it, String view) {
        throw new UnsupportedOperationException();
    }

    public static HttpResponse text(String plainText) {
        throw new UnsupportedOperationException();
    }

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {}
}
