using FluentValidation.Results;
using OrderIssues.Application.Privacy;
using OrderIssues.WebApi.Json;

namespace OrderIssues.WebApi.Privacy;

/// <summary>Customer whose data is wanted.</summary>
public sealed record ExportCustomerDataRequest
{
    /// <summary>Customer's e-mail address, in any case.</summary>
    /// <example>josh@example.com</example>
    [Required, StringLength(FieldLimits.Email, MinimumLength = 1)]
    public string? Email { get; init; }
}

/// <summary>Customer's data to erase: by <c>email</c>, or by <c>issueIds</c>. Unknown keys are refused.</summary>
public sealed record EraseCustomerDataRequest
{
    /// <summary>Customer's e-mail address, in any case.</summary>
    /// <example>josh@example.com</example>
    [StringLength(FieldLimits.Email, MinimumLength = 1)]
    public string? Email { get; init; }

    /// <summary>Numbers of 1 to 1,000 issues instead.</summary>
    [JsonConverter(typeof(OneOrManyConverter)), MinLength(1), MaxLength(EraseCustomerData.MaxIssues)]
    public IReadOnlyList<string?>? IssueIds { get; init; }

    /// <summary>Reason, which the history keeps: no customer's data.</summary>
    /// <example>Request of 2025-11-21</example>
    [Required, StringLength(EraseCustomerData.MaxReason, MinimumLength = 1)]
    public string? Reason { get; init; }

    /// <summary>True to leave the messages' texts as they are. Default: false.</summary>
    /// <example>false</example>
    public bool KeepTexts { get; init; }

    /// <summary>Author, for the history.</summary>
    /// <example>Kim Lead</example>
    [StringLength(FieldLimits.PersonName)]
    public string? By { get; init; }

    /// <summary>Unknown keys of the body.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownKeys { get; init; }

    internal IEnumerable<ValidationFailure> Errors() => FieldErrors.OfUnknown(UnknownKeys);
}
