using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace OrderIssues.WebApi.Routing;

/// <summary>An empty query parameter isn't taken for an absent one: <c>?issueId=</c> names no issue, rather than the newest.</summary>
internal sealed class KeepEmptyStrings : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
