package jenkins.model;

import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.TopLevelItem;
import hudson.security.Permission;
import hudson.util.XStream2;
import org.springframework.security.core.Authentication;

import java.io.File;
import java.util.Collection;
import java.util.List;

public class Jenkins extends Node implements ItemGroup<TopLevelItem> {
    public static final XStream2 XSTREAM2 = null;

    public static final Permission ADMINISTER = null;

    public static final Permission MANAGE = null;

    public static final Permission SYSTEM_READ = null;

    public static final Permission READ = null;

    public static Jenkins get() {
        throw new UnsupportedOperationException();
    }

    public static Jenkins getInstanceOrNull() {
        throw new UnsupportedOperationException();
    }

    public static Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public ProxyConfiguration getProxy() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public String getRootUrl() {
        throw new UnsupportedOperationException();
    }

    public String getLegacyInstanceId() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        throw new UnsupportedOperationException();
    }

    public Node getNode(String name) {
        throw new UnsupportedOperationException();
    }

    public List<Node> getNodes() {
        throw new UnsupportedOperationException();
    }

    public Computer getComputer(String name) {
        throw new UnsupportedOperationException();
    }

    public Queue getQueue() {
        throw new UnsupportedOperationException();
    }

    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public Item getItemByFullName(String fullName) {
        throw new UnsupportedOperationException();
    }

    public <T extends Item> List<T> getAllItems(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    public <T> ExtensionList<T> getExtensionList(Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getFullName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Collection<TopLevelItem> getItems() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getNodeName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public hudson.FilePath getRootPath() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getNumExecutors() {
        throw new UnsupportedOperationException();
    }
}
