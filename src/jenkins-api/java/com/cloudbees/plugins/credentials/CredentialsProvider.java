package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.model.Run;
import hudson.security.Permission;
import org.springframework.security.core.Authentication;

import java.util.List;

@SuppressWarnings("rawtypes")
public abstract class CredentialsProvider {
    public static final Permission USE_ITEM = null;

    public static final Permission USE_OWN = null;

    public static final Permission VIEW = null;

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> requirements) {
        throw new UnsupportedOperationException();
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        throw new UnsupportedOperationException();
    }

    public static <C extends com.cloudbees.plugins.credentials.common.IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> requirements) {
        throw new UnsupportedOperationException();
    }

    public static <C extends Credentials> C track(Run run, C credentials) {
        throw new UnsupportedOperationException();
    }

    public static <C extends Credentials> C track(Node node, C credentials) {
        throw new UnsupportedOperationException();
    }

    public static <C extends Credentials> List<C> trackAll(Item item, List<C> credentials) {
        throw new UnsupportedOperationException();
    }
}
