using System.ComponentModel.DataAnnotations;

namespace OrderIssues.Application.Common.Configuration;

/// <summary>Requires an absolute https address without a user. This machine may be called by http.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpsAddressAttribute : ValidationAttribute
{
    /// <summary>Refuses a path, a query and a fragment. Default: false.</summary>
    public bool IsHostOnly { get; set; }

    /// <summary>Takes http for other machines too. Default: false.</summary>
    public bool AllowsHttp { get; set; }

    public override bool IsValid(object? value) =>
        value is null
        || (value is Uri { IsAbsoluteUri: true, UserInfo: "" } address
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (AllowsHttp || address.IsLoopback)))
            && (!IsHostOnly || address is { PathAndQuery: "/", Fragment: "" }));
}
