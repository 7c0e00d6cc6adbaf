package io.jenkins.plugins.airworthy.jenkins.run.record;

import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

import java.util.ArrayList;
import java.util.List;

/**
 * The action with a run's page and API about images, evidence and verdicts. The data is in the record. Everyone who may see the
 * run may see it.
 */
@ExportedBean
public final class AirworthyRunAction implements RunAction2 {
    private transient Run<?, ?> run;
    private transient ImageRecord record;

    AirworthyRunAction(Run<?, ?> run) {
        join(run);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        // The constructor knows the run already, and another thread may be using the record.
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        join(loaded);
    }

    private void join(Run<?, ?> joined) {
        this.run = joined;
        this.record = ImageRecord.in(joined);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** The record that this action shows. */
    public ImageRecord record() {
        return record;
    }

    /** The content of the views. */
    public Object getPage() {
        return ExtensionList.lookupSingleton(RunPages.class).of(run);
    }

    /** {@code api/json} and {@code api/xml} below this page. */
    public Api getApi() {
        return new Api(this);
    }

    /** For the API: the images that the run built or looked at. */
    @Exported(name = "images", inline = true)
    public List<ExportedImage> getExportedImages() throws AirworthyException {
        return record.images().stream().map(ExportedImage::new).toList();
    }

    /** For the API: the verdicts, oldest first. */
    @Exported(name = "verdicts", inline = true)
    public List<ExportedVerdict> getExportedVerdicts() throws AirworthyException {
        List<ExportedVerdict> exported = new ArrayList<>();
        for (VerdictEntry verdict : record.verdicts()) {
            exported.add(new ExportedVerdict(exported.size() + 1, verdict, record));
        }
        return exported;
    }

    /** {@code verdicts/N.json} below this page: each verdict as it was written. */
    public VerdictFiles getVerdicts() {
        return new VerdictFiles(record);
    }

    /** {@code statements/<digest>.json} below this page: the run's statements in full. */
    public StatementFiles getStatements() {
        return new StatementFiles(record);
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return "Airworthy";
    }

    @Override
    public String getUrlName() {
        return "airworthy";
    }
}
