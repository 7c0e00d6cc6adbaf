package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import hudson.Extension;
import hudson.Util;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyPermissions;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.ui.key.KeysPage;
import io.jenkins.plugins.airworthy.jenkins.ui.ledger.LedgerPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PoliciesPage;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyPreviews;
import io.jenkins.plugins.airworthy.jenkins.ui.policy.PolicyPreviewsPage;
import io.jenkins.plugins.airworthy.jenkins.ui.run.Forgetting;
import io.jenkins.plugins.airworthy.jenkins.ui.run.RecentVerdict;
import io.jenkins.plugins.airworthy.jenkins.ui.run.RecentVerdictsListener;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Manage Jenkins → Airworthy: keys, policies, recent verdicts, the ledger. Shown to users who may manage keys, edit policies, read the
 * ledger or the system's configuration; each action checks the permission to change something.
 */
@Extension
public final class AirworthyLink extends ManagementLink implements StaplerProxy {
    private static final Logger LOG = Logger.getLogger(AirworthyLink.class.getName());

    /** Each of these permissions allows its holder to see the page. */
    private static final Permission[] LOOK = {
        AirworthyPermissions.MANAGE_KEYS,
        AirworthyPermissions.EDIT_POLICIES,
        AirworthyPermissions.INVESTIGATE,
        Jenkins.SYSTEM_READ
    };

    private final PolicyPreviews trials = new PolicyPreviews(PolicyPreviews.LIMIT);

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return "Airworthy";
    }

    @Override
    public String getDescription() {
        return "Signing keys, policies that images must pass before they are promoted, and recent verdicts.";
    }

    @Override
    public String getUrlName() {
        return "airworthy";
    }

    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    /** Jenkins requires one permission: the first that the user has. */
    @Override
    public Permission getRequiredPermission() {
        for (Permission permission : LOOK) {
            if (Jenkins.get().hasPermission(permission)) {
                return permission;
            }
        }
        return Jenkins.ADMINISTER;
    }

    @Override
    public Object getTarget() {
        Jenkins.get().checkAnyPermission(LOOK);
        return this;
    }

    public KeysPage getKeys() {
        return new KeysPage();
    }

    public PoliciesPage getPolicies() {
        return new PoliciesPage(trials);
    }

    public PolicyPreviewsPage getTrials() {
        return new PolicyPreviewsPage(trials);
    }

    public SetupPage getSetup() {
        return SetupPage.of(AirworthyConfiguration.get());
    }

    public LedgerPage getLedger() {
        return new LedgerPage();
    }

    public boolean isLedgerReadable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.INVESTIGATE);
    }

    /** The latest verdicts of the jobs that the person may see; none if the ledger cannot be read, which a warning says. */
    public List<RecentVerdict> getRecentVerdicts() {
        try {
            return RecentVerdictsListener.get().visible();
        } catch (AirworthyException e) {
            LOG.log(Level.WARNING, "the recent verdicts cannot be shown", e);
            return List.of();
        }
    }

    /** The place of a verdict on its run's page, relative to Jenkins' root. */
    public String urlOf(RecentVerdict verdict) {
        return RecentVerdictsListener.job(verdict.job())
                .map(job -> job.getUrl() + verdict.number() + "/airworthy/#verdict-" + verdict.index())
                .orElse("");
    }

    /** Whether the person may declare that a recorded statement does not count. */
    public boolean isForgetAllowed() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Declares that a statement of this controller no longer counts as missing. After this, an image that failed a test may pass. */
    @POST
    public HttpResponse doForget(
            @QueryParameter String image, @QueryParameter String payload, @QueryParameter String reason) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            Forgetting.of(Util.fixNull(image), Util.fixNull(payload), Util.fixNull(reason))
                    .writeTo(
                            SignatureLog.current(),
                            Jenkins.getAuthentication2().getName(),
                            Clock.systemUTC().instant());
            return HttpResponses.redirectTo(".");
        } catch (AirworthyException e) {
            return HttpResponses.forwardToView(this, "index").with("problem", e.getMessage());
        }
    }

    public boolean isKeysManageable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.MANAGE_KEYS);
    }

    public boolean isPoliciesEditable() {
        return Jenkins.get().hasPermission(AirworthyPermissions.EDIT_POLICIES);
    }

    /** Whether the person may follow a link to the form on the Security page. */
    public boolean isSetupReachable() {
        return Jenkins.get().hasAnyPermission(Jenkins.ADMINISTER, Jenkins.SYSTEM_READ);
    }
}
