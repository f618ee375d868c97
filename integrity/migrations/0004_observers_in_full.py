import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('integrity', '0003_words_of_findings'),
        ('tenders', '0011_forms_of_bids'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('state', django_fsm.FSMField(choices=[('open', '待答复'), ('answered', '已答复，待监督单位认可'), ('closed', '已办结')], default='open', max_length=10, protected=True, verbose_name='状态')),
                ('raised_at', models.DateTimeField(verbose_name='提出时间')),
                ('asked_at', models.DateTimeField(verbose_name='要求答复的时间')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='办结时间')),
            ],
            options={
                'verbose_name': '监督事项',
                'verbose_name_plural': '监督事项',
                'ordering': ['number'],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ObservationPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('image', models.ImageField(height_field='height', upload_to='observations/', verbose_name='照片', width_field='width')),
                ('width', models.PositiveIntegerField(editable=False)),
                ('height', models.PositiveIntegerField(editable=False)),
                ('sha256', models.CharField(editable=False, max_length=64)),
            ],
            options={
                'verbose_name': '监督照片',
                'verbose_name_plural': '监督照片',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('declared_at', models.DateTimeField(verbose_name='声明时间')),
            ],
            options={
                'verbose_name': '回避',
                'verbose_name_plural': '回避',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('kind', models.CharField(choices=[('answered', '答复'), ('insisted', '不认可，要求继续答复'), ('referred', '移交行政监督部门'), ('accepted', '认可，办结'), ('lapsed', '期满未提意见，办结')], max_length=10, verbose_name='事项')),
                ('text', models.TextField(blank=True, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '督办记录',
                'verbose_name_plural': '督办记录',
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='attendance',
            name='is_deputy',
            field=models.BooleanField(default=False, verbose_name='代为监督'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='deputy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代为监督'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='number',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='邀请函序号'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='invitation',
            name='people',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='到场人数'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='replied_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='回复时间'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='reply',
            field=models.CharField(blank=True, choices=[('present', '到场'), ('remote', '远程'), ('seat-only', '设席未到'), ('declined', '谢绝'), ('absent', '缺席')], max_length=10, verbose_name='回复'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='reply_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='不到场的原因'),
        ),
        migrations.AlterField(
            model_name='observation',
            name='item',
            field=models.CharField(choices=[('deadline', '投标截止与拒收'), ('seals', '密封情况'), ('number', '投标人数量'), ('order', '开标顺序'), ('prices', '唱标完整'), ('record', '记录完整'), ('evaluators', '评审专家回避开标'), ('committee', '专家抽取'), ('recording', '录音录像'), ('other', '其他')], max_length=20, verbose_name='事项'),
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('supervisor', '招标投标行政监督部门'), ('finance', '财政部门（政府采购监督管理）'), ('discipline', '监察机关（监督公职人员）'), ('internal', '派驻纪检监察组、局机关纪委'), ('procuratorate', '检察机关（应邀旁听）'), ('procurement-centre', '政府采购中心'), ('exchange', '公共资源交易中心'), ('audit', '审计机关'), ('notary', '公证机构'), ('public', '人大代表、政协委员、行风监督员、群众代表、媒体')], max_length=20, verbose_name='监督身份')),
                ('basis', models.CharField(help_text='法律条文、文件编号，或者本局与该单位的约定', max_length=200, verbose_name='依据')),
                ('is_required', models.BooleanField(default=True, verbose_name='每次开标都须邀请')),
                ('contact', models.CharField(blank=True, help_text='写部门，不写个人姓名', max_length=60, verbose_name='联系部门')),
                ('email', models.EmailField(blank=True, help_text='填写的，邀请函同时发到这里；不公开', max_length=254, verbose_name='单位邮箱')),
                ('starts_on', models.DateField(verbose_name='起始日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('end_reason', models.CharField(blank=True, max_length=200, verbose_name='终止的理由')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='监督单位')),
            ],
            options={
                'verbose_name': '监督资格',
                'verbose_name_plural': '监督资格',
                'ordering': ['capacity', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='mandate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='integrity.mandate', verbose_name='监督资格'),
        ),
        migrations.AddField(
            model_name='matter',
            name='attendance',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='integrity.attendance'),
        ),
        migrations.AddField(
            model_name='matter',
            name='observation',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matter', to='integrity.observation'),
        ),
        migrations.AddField(
            model_name='matter',
            name='package',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='tenders.package'),
        ),
        migrations.AddField(
            model_name='observationphoto',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='integrity.observation'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='invitation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='integrity.invitation'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='observer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='turn',
            name='matter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='integrity.matter'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('institution',), name='one_mandate_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), models.Q(('end_reason', ''), _negated=True), _connector='XOR'), name='mandate_ends_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('package', 'number'), name='matter_number_once'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('invitation', 'observer'), name='recused_once'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.UniqueConstraint(fields=('matter', 'number'), name='turn_number_once'),
        ),
    ]
