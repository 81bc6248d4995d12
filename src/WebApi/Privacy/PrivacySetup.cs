using AutoMapper;
using OrderIssues.Application;
using OrderIssues.Application.Privacy;
using OrderIssues.Domain.Issues.Queries;

namespace OrderIssues.WebApi.Privacy;

internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Days after the resolution, after which a customer's data is erased. Default: never.</summary>
    [Range(1, 36_500)]
    public int? CustomerDataDays { get; set; }

    /// <summary>True to log what would be erased instead. Default: false.</summary>
    public bool DryRun { get; set; }
}

internal static class PrivacySetup
{
    /// <exception cref="StartupException">A configured value can't be used.</exception>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSection<RetentionOptions>(configuration, RetentionOptions.Section);
        return options.CustomerDataDays is { } days ? services.AddRetention(new RetentionPolicy(days, options.DryRun)) : services;
    }
}

internal sealed class PrivacyProfile : Profile
{
    public PrivacyProfile()
    {
        AllowNullCollections = true;
        CreateMap<ExportCustomerDataRequest, ExportCustomerData>();
        CreateMap<EraseCustomerDataRequest, EraseCustomerData>();
        CreateMap<CustomerDataExport, CustomerDataModel>();
        CreateMap<RecordedIssue, RecordedIssueModel>();
        CreateMap<ErasureOutcome, ErasureModel>()
            .ForMember(model => model.Ok, member => member.MapFrom(outcome => outcome.IsErased != null))
            .ForMember(model => model.Erased, member => member.MapFrom(outcome => outcome.IsErased))
            .ForMember(
                model => model.Code,
                member => member.MapFrom(outcome =>
                    outcome.IsErased == null ? ProblemTypes.NameOf(ProblemTypes.CodeOf(FailureCode.IssueNotFound)) : null));
    }
}
