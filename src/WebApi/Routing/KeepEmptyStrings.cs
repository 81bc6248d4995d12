using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace OrderIssues.WebApi.Routing;

/// <summary>Keeps empty query parameters from passing for absent ones: <c>?issueId=</c> names no issue, rather than the newest.</summary>
internal sealed class KeepEmptyStrings : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
