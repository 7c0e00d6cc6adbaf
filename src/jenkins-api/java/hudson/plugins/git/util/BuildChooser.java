package hudson.plugins.git.util;

import hudson.ExtensionPoint;
import hudson.model.Describable;

import java.io.Serializable;

public abstract class BuildChooser implements ExtensionPoint, Describable<BuildChooser>, Serializable {}
