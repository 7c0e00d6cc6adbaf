package com.thoughtworks.xstream;

public class XStream {
    public String toXML(Object obj) {
        throw new UnsupportedOperationException();
    }
}
