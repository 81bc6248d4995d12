namespace OrderIssues.Infrastructure.TikTokShop.Answers;

/// <summary>What messages call the id that was asked for.</summary>
/// <param name="Parameter">The parameter or field that it was sent in.</param>
/// <param name="Noun">What it is the id of.</param>
internal sealed record RequestedId(string Parameter, string Noun);
