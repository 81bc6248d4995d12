using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.Application.Privacy;

/// <summary>Erases customers' data from the issues of an address, or from these issues.</summary>
public sealed record EraseCustomerData : IRequest<ErasureReport>
{
    /// <summary>Most issues of a call.</summary>
    public const int MaxIssues = 1_000;

    /// <summary>Most characters of a reason.</summary>
    public const int MaxReason = 500;

    public string? Email { get; init => field = PlainText.CleanIdentifierOrNull(value); }

    /// <summary>Numbers of the issues.</summary>
    public IReadOnlyList<string?>? IssueIds { get; init => field = value?.Select(PlainText.CleanIdentifier).Distinct().ToList(); }

    public string? Reason { get; init => field = PlainText.CleanOrNull(value); }

    /// <summary>True to leave the messages' texts as they are.</summary>
    public bool KeepTexts { get; init; }

    /// <summary>Person who erases, as the caller claims.</summary>
    public string? By { get; init => field = PlainText.CleanOrNull(value); }
}

/// <summary>Outcome of an erasure.</summary>
/// <param name="Issues">Outcome for each issue.</param>
/// <param name="HasMore">True where the address has more issues, which another call erases.</param>
public sealed record ErasureReport(IReadOnlyList<ErasureOutcome> Issues, bool HasMore);

/// <summary>Outcome for an issue.</summary>
/// <param name="IssueId">Number of the issue; null for none.</param>
/// <param name="IsErased">True where something was erased; null where there is no such issue.</param>
public sealed record ErasureOutcome(string? IssueId, bool? IsErased);

internal sealed class EraseCustomerDataValidator : AbstractValidator<EraseCustomerData>
{
    public EraseCustomerDataValidator()
    {
        RuleFor(erase => erase.Email).Cascade(CascadeMode.Stop)
            .Must((erase, email) => email is null != erase.IssueIds is null).WithMessage("is required, or issueIds instead, but not both")
            .SingleLine(IssueField.CustomerEmail.MaxLength).Email();
        RuleFor(erase => erase.IssueIds).Must(ids => ids is null or { Count: >= 1 and <= EraseCustomerData.MaxIssues })
            .WithMessage("must have 1 to 1,000 elements");
        RuleForEach(erase => erase.IssueIds).Cascade(CascadeMode.Stop).Required().SingleLine(IssueField.IssueId.MaxLength);
        RuleFor(erase => erase.Reason).Cascade(CascadeMode.Stop).Required().SingleLine(EraseCustomerData.MaxReason);
        RuleFor(erase => erase.By).SingleLine(FieldLimits.PersonName);
    }
}

internal sealed class EraseCustomerDataHandler(IOrderIssueStore store, ICustomerData data, CustomerDataEraser eraser, ICaller caller)
    : IRequestHandler<EraseCustomerData, ErasureReport>
{
    public async Task<ErasureReport> Handle(EraseCustomerData request, CancellationToken cancellationToken)
    {
        var found = await FindAsync(request, cancellationToken);
        var targets = found.Take(EraseCustomerData.MaxIssues).ToList();
        var call = new ErasureCall(
            targets.Select(target => target.Id).OfType<EntityId>().ToHashSet(),
            issue => ErasureOf(request, issue),
            request.By,
            caller.Name);
        var erased = await eraser.EraseAsync(call, cancellationToken);
        var outcomes = targets.Select(target => target.Id is { } id && erased.TryGetValue(id, out var issue)
            ? new ErasureOutcome(issue.Issue.IssueId, issue.IsChanged)
            : new ErasureOutcome(target.IssueId, null));
        return new([.. outcomes], found.Count > targets.Count);
    }

    private async Task<IReadOnlyList<Target>> FindAsync(EraseCustomerData request, CancellationToken cancellationToken)
    {
        if (request.Email is { } email)
        {
            return [.. (await data.FindIssuesAsync(email, cancellationToken)).Select(id => new Target(id, null))];
        }

        var targets = new List<Target>();
        foreach (var issueId in request.IssueIds!)
        {
            targets.Add(new((await store.FindHeadAsync(issueId!, cancellationToken))?.Id, issueId));
        }

        return targets;
    }

    // An issue that has no address any more is still that customer's.
    private static Erasure ErasureOf(EraseCustomerData request, OrderIssue issue)
    {
        var field = IssueField.CustomerEmail;
        var isAnothers = request.Email is { } email && field.Fold(issue.CustomerEmail) is { } present && present != field.Fold(email);
        return new Erasure(request.Reason!)
        {
            Scope = isAnothers ? ErasureScope.Past : ErasureScope.Issue,
            ErasesTexts = !request.KeepTexts,
        };
    }

    private sealed record Target(EntityId? Id, string? IssueId);
}
