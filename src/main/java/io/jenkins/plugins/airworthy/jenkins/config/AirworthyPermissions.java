package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.Extension;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;
import org.jvnet.localizer.ResourceBundleHolder;

/** The permissions of this plugin. Administrators of Jenkins have all of them. */
@Extension
public final class AirworthyPermissions {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(AirworthyPermissions.class);

    public static final PermissionGroup GROUP = new PermissionGroup(AirworthyPermissions.class, text("Group"));

    /** Generate, import, retire and revoke keys, and decide what they may sign. */
    public static final Permission MANAGE_KEYS = permission("ManageKeys", true, PermissionScope.JENKINS);

    /** Write policies, and decide which jobs may use them. */
    public static final Permission EDIT_POLICIES = permission("EditPolicies", true, PermissionScope.JENKINS);

    /** Read the controller's ledger, with the names and reasons in it. */
    public static final Permission INVESTIGATE = permission("Investigate", true, PermissionScope.JENKINS);

    /** Approve an image. It cannot be granted until approvals exist. */
    public static final Permission APPROVE =
            permission("Approve", false, PermissionScope.JENKINS, PermissionScope.ITEM_GROUP, PermissionScope.ITEM);

    /** Promote against a policy's refusal, for a recorded reason. It cannot be granted until approvals exist. */
    public static final Permission OVERRIDE =
            permission("Override", false, PermissionScope.JENKINS, PermissionScope.ITEM_GROUP, PermissionScope.ITEM);

    private static Permission permission(String name, boolean enabled, PermissionScope... scopes) {
        return new Permission(GROUP, name, text(name), Jenkins.ADMINISTER, enabled, scopes);
    }

    private static Localizable text(String key) {
        return new Localizable(TEXTS, key);
    }
}
