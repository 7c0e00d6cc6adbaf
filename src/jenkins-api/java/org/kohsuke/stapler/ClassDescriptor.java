package org.kohsuke.stapler;

public final class ClassDescriptor {
    @SuppressWarnings("rawtypes") // as in the real class
    public ClassDescriptor(Class clazz, Class... wrappers) {
        throw new UnsupportedOperationException();
    }

    public String[] loadConstructorParamNames() {
        throw new UnsupportedOperationException();
    }
}
