namespace OrderIssues.WebApi.Errors;

/// <summary>Failures of an operation for the OpenAPI document, beside those of any operation and those of its parameters.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FailsAttribute(params FailureCode[] codes) : Attribute
{
    public IReadOnlyList<FailureCode> Codes { get; } = codes;
}
