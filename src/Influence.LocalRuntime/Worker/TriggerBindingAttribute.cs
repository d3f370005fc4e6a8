namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>What every binding attribute is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;

/// <summary>What every trigger attribute is.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
