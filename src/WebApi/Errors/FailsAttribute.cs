namespace OrderIssues.WebApi.Errors;

/// <summary>The ways in which an operation can fail, beside those in which any can, for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FailsAttribute(params FailureCode[] codes) : Attribute
{
    public IReadOnlyList<FailureCode> Codes { get; } = codes;
}
