package org.jenkinsci.plugins.workflow.flow;

import hudson.model.AbstractDescribableImpl;

public abstract class FlowDefinition extends AbstractDescribableImpl<FlowDefinition> {}
