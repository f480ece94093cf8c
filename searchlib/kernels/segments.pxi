# What is searched: segments, how they are ranked, what a search works with. Part of searching.pyx.

cdef extern from "query/scoring.h" nogil:
    ctypedef struct ranking:
        pass
    void ranking_fill(ranking *r, double k1, double b, double mean_length, const double *lengths,
                      const float *region_weights)

cdef extern from "query/window.h" nogil:
    ctypedef struct workspace:
        pass
    ctypedef struct segment_search:
        pass
    void search_begin(segment_search *s, workspace *workspaces, uint32_t count)
    void search_until(segment_search *s, int64_t (*clock)() noexcept nogil, int64_t deadline, const uint8_t *cancelled)
    uint32_t search_doc_count(const segment_search *s)
    const fault *search_fault(const segment_search *s)

cdef extern from "query/segment.h" nogil:
    ctypedef struct segment:
        pass
    segment segment_of(uint32_t doc_count, posting_files lists, const dictionary *terms)
    int segment_set_norms(segment *g, const paged_file *file, uint64_t offset, fault *f)
    int segment_set_regions(segment *g, const paged_file *file, uint64_t titles, uint64_t summaries, fault *f)
    int segment_set_published(segment *g, const paged_file *file, uint64_t offset, fault *f)
    void segment_set_first_dated(segment *g, uint32_t docnum)
    void segment_set_imprecise(segment *g, const uint32_t *docnums, const int64_t *ends, uint32_t count)
    uint32_t segment_imprecise_count(const segment *g)
    uint32_t segment_doc_count(const segment *g)
    uint32_t segment_first_dated(const segment *g)
    int time_of(const segment *g, uint32_t docnum, int64_t *time, fault *f)
    int first_from(const segment *g, int64_t time, uint32_t *docnum, fault *f)

cdef extern from "collect/collect_all.h" nogil:
    int take_out_imprecise(const segment *g, uint64_t *bits, int64_t longer_than, uint64_t *count, fault *f)
    uint64_t count_bits_between(const uint64_t *bits, uint32_t low, uint32_t high)
    void count_ordinals(const uint64_t *bits, uint32_t size, const uint32_t *ordinals, uint32_t value_count,
                        uint64_t *counts)


cdef class Ranking:
    """How an index ranks: BM25F's numbers, for all its segments.

    Args:
        k1: How fast repeated occurrences stop counting, >= 0.
        b: Share of length normalisation, 0 to 1.
        mean_length: Mean length of an article's text over the index, in tokens, > 0.
        lengths: What each of the 256 norms stands for, in tokens, ascending.
        region_weights: How often an occurrence in title, summary and body counts.
    """

    cdef ranking ranking

    def __cinit__(self, double k1, double b, double mean_length, lengths, region_weights):
        cdef double norm_lengths[256]
        cdef float weights[3]
        for i in range(256):
            norm_lengths[i] = lengths[i]
        for i in range(3):
            weights[i] = region_weights[i]
        ranking_fill(&self.ranking, k1, b, mean_length, norm_lengths, weights)


cdef class Workspaces:
    """Bitmaps and scores for operators inside one another; all scores are 0 while no query has them."""

    cdef workspace *first
    cdef uint32_t count

    def __cinit__(self, uint32_t count):
        self.count = count
        self.first = <workspace *> calloc(count, sizeof(workspace))
        if self.first == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.first)


cdef class SegmentView:
    """What of a segment a search reads. Safe for many threads at once.

    Args:
        terms: Its terms.
        doc_count: How many articles it has, deleted ones included.
        deleted: Bitmap of deleted articles, the first in the lowest bit; None where none is.
        norms: (file, offset) of the norms of the ranked field, a byte for each article; None where it has none.
        regions: (file, offset, offset) of the positions that title and summary take, four bytes for each article.
        published: (file, offset) of the times of publication, eight bytes for each article; None where it has none.
        imprecise: (docnums, ends) of the articles that are dated a month or a year: arrays of uint32, ascending, and of
            int64, when that ends in microseconds; None where there are none.

    Raises:
        CorruptDataError: A column is not in its file.
    """

    cdef readonly TermsReader terms
    cdef segment segment
    cdef bytes deleted_bytes
    cdef const uint8_t *deleted
    cdef PagedFile norms
    cdef PagedFile regions
    cdef PagedFile published
    cdef const uint32_t[::1] imprecise_docnums
    cdef const int64_t[::1] imprecise_ends

    def __cinit__(self, TermsReader terms, uint32_t doc_count, *, bytes deleted, norms, regions, published,
                  imprecise=None):
        cdef fault f
        cdef int failed = 0
        self.terms = terms
        self.segment = segment_of(doc_count, terms.lists, &terms.dictionary)
        if deleted is not None:
            if len(deleted) < (doc_count + 7) // 8:
                raise ValueError("the bitmap of deleted articles is too short")
            self.deleted_bytes = deleted
            self.deleted = <const uint8_t *> <const char *> deleted
        if norms is not None:
            self.norms, offset = norms
            failed = segment_set_norms(&self.segment, &self.norms.file, offset, &f)
        if not failed and regions is not None:
            self.regions, titles, summaries = regions
            failed = segment_set_regions(&self.segment, &self.regions.file, titles, summaries, &f)
        if not failed and published is not None:
            self.published, offset = published
            failed = segment_set_published(&self.segment, &self.published.file, offset, &f)
        if failed:
            raise self.damage(&f)
        if imprecise is not None and len(imprecise[0]):
            docnums, ends = imprecise
            self.set_imprecise(docnums, ends)

    cdef int set_imprecise(self, const uint32_t[::1] docnums, const int64_t[::1] ends) except -1:
        cdef Py_ssize_t i, count = docnums.shape[0]
        for i in range(count):
            if docnums[i] >= segment_doc_count(&self.segment) or (i and docnums[i] <= docnums[i - 1]):
                raise CorruptDataError("articles that are dated a month or a year are not in order")
        if ends.shape[0] != count:
            raise CorruptDataError("articles that are dated a month or a year differ in number from their ends")
        self.imprecise_docnums = docnums
        self.imprecise_ends = ends
        segment_set_imprecise(&self.segment, &docnums[0], &ends[0], count)
        return 0

    @property
    def imprecise_count(self):
        """How many articles are dated a month or a year."""
        return segment_imprecise_count(&self.segment)

    @property
    def doc_count(self):
        """How many articles it has, deleted ones included."""
        return segment_doc_count(&self.segment)

    cpdef int64_t time_of(self, uint32_t docnum) except? -1:
        """When an article was published, in microseconds."""
        cdef fault f
        cdef int64_t time = 0
        if docnum >= segment_doc_count(&self.segment):
            raise IndexError(docnum)
        if time_of(&self.segment, docnum, &time, &f):
            raise self.damage(&f)
        return time

    cpdef int64_t first_from(self, int64_t time) except? -1:
        """The first docnum published at a time or later, of articles in order of publication; doc_count for none."""
        cdef fault f
        cdef uint32_t docnum = 0
        if first_from(&self.segment, time, &docnum, &f):
            raise self.damage(&f)
        return docnum

    cdef object damage(self, const fault *f):
        """The error that a fault in this segment comes to."""
        if fault_code(f) == FAULT_MEMORY:
            return MemoryError()
        for file in (self.norms, self.regions, self.published):
            if file is not None and fault_file(f) == &(<PagedFile> file).file:
                return damage_of(f, (<PagedFile> file).path)
        return self.terms.damage(f)


cdef class Bitmap:
    """Docnums of one segment that match.

    Attributes:
        size: How many articles the segment has.
        count: How many match.
    """

    cdef uint64_t *bits
    cdef readonly uint32_t size
    cdef readonly uint64_t count

    def __cinit__(self, uint32_t size):
        self.size = size
        self.bits = <uint64_t *> calloc(<size_t> size // 64 + 1, 8)
        if self.bits == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.bits)

    def count_between(self, uint32_t low, uint32_t high):
        """How many docnums in [low, high) it has."""
        if high > self.size:
            raise IndexError(high)
        return count_bits_between(self.bits, low, high) if low < high else 0

    def without_imprecise(self, SegmentView view not None, int64_t longer_than):
        """The same bitmap without the articles that are dated a month or a year which takes longer than this.

        Args:
            view: The segment.
            longer_than: In microseconds.
        """
        cdef Bitmap others = Bitmap(self.size)
        cdef uint64_t count = 0
        cdef fault f
        if segment_doc_count(&view.segment) != self.size:
            raise ValueError("the bitmap is of another segment")
        memcpy(others.bits, self.bits, (<size_t> self.size // 64 + 1) * 8)
        if take_out_imprecise(&view.segment, others.bits, longer_than, &count, &f):
            raise view.damage(&f)
        others.count = self.count - count
        return others

    def first_and_last(self, uint32_t low, uint32_t high):
        """The first and the last docnum in [low, high); None if there is none."""
        cdef uint32_t first = low, last = min(high, self.size)
        while first < last and not self.bits[first >> 6] >> (first & 63) & 1:
            first += 1
        while first < last and not self.bits[(last - 1) >> 6] >> ((last - 1) & 63) & 1:
            last -= 1
        return (first, last - 1) if first < last else None

    def docnums(self):
        """All of them, ascending, as a list."""
        cdef uint32_t docnum
        return [docnum for docnum in range(self.size) if self.bits[docnum >> 6] >> (docnum & 63) & 1]

    def count_values(self, ordinals, uint32_t value_count):
        """How many of them have each ordinal: a list of `value_count` numbers."""
        cdef Py_buffer view
        borrow_numbers(ordinals, &view, c"I")
        cdef uint64_t *counts = <uint64_t *> calloc(<size_t> value_count + 1, 8)
        try:
            if <uint64_t> view.shape[0] < self.size:
                raise CorruptDataError("a column has fewer values than there are articles")
            if counts == NULL:
                raise MemoryError
            if self.size:
                with nogil:
                    count_ordinals(self.bits, self.size, <const uint32_t *> view.buf, value_count, counts)
            return [counts[i] for i in range(value_count)]
        finally:
            free(counts)
            PyBuffer_Release(&view)


cdef class FieldBlocks:
    """Where in the dictionary of each segment a field's terms are."""

    cdef field_blocks *of_segment

    def __cinit__(self, name, list fields):
        self.of_segment = <field_blocks *> PyMem_Calloc(len(fields) + 1, sizeof(field_blocks))
        if self.of_segment == NULL:
            raise MemoryError
        for number, blocks in enumerate(fields):
            if name in blocks:
                first, end = blocks[name]
                self.of_segment[number] = field_blocks_of(first, end)

    def __dealloc__(self):
        PyMem_Free(self.of_segment)


cdef class Segments:
    """Segments that are searched together, and how they are ranked. Safe for many threads at once.

    Args:
        views: What is read of each.
        fields: For each its fields: name → blocks in its dictionary, as `TermsReader` names a field.
        first_dated: For each the docnum of the first article that has a date.
        ranking: How to score.
        texts: The field that has regions: title, summary and body.
        sentences: The field of the positions at which sentences of these begin, the term "sentence", printed "paragraph"
            where a paragraph begins too. None: no segment has it.
        kinds: Type of a clause, locator or term → its kind, one of the numbers of this module.
    """

    cdef readonly tuple views
    cdef dict fields
    cdef segment *segments
    cdef uint32_t count
    cdef uint64_t article_count
    cdef Ranking ranking
    cdef str texts
    cdef str sentences
    cdef dict kinds
    cdef list idle  # workspaces, to be used again: pages fresh from the system cost more than most queries

    def __cinit__(self, views, fields, first_dated, *, Ranking ranking not None, str texts not None,
                  dict kinds not None, str sentences=None):
        self.views = tuple(views)
        self.count = len(self.views)
        self.ranking = ranking
        self.texts = texts
        self.sentences = sentences
        self.kinds = kinds
        self.idle = []
        if not all(isinstance(each, type) and issubclass(each, tuple) for each in kinds):
            raise TypeError("a clause is a tuple")
        fields = list(fields)
        if not self.count == len(fields) == len(first_dated):
            raise ValueError("segments, their fields and first dates differ in number")
        self.fields = {name: FieldBlocks(name, fields) for each in fields for name in each}
        self.segments = <segment *> PyMem_Calloc(self.count + 1, sizeof(segment))
        if self.segments == NULL:
            raise MemoryError
        for number, view in enumerate(self.views):
            if not isinstance(view, SegmentView):
                raise TypeError("a segment is a SegmentView")
            self.segments[number] = (<SegmentView> view).segment
            segment_set_first_dated(&self.segments[number], first_dated[number])
            self.article_count += segment_doc_count(&self.segments[number])

    def __dealloc__(self):
        PyMem_Free(self.segments)

    cdef Workspaces take_workspaces(self, uint32_t count):
        try:
            found = <Workspaces> self.idle.pop()
        except IndexError:
            return Workspaces(max(count, 6))
        return found if found.count >= count else Workspaces(count)

    cdef int give_back(self, Workspaces workspaces) except -1:
        # None where both are being let go of.
        if self.idle is not None and workspaces.count and len(self.idle) < MAX_IDLE:
            self.idle.append(workspaces)
        return 0
